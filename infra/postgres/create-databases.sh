#!/bin/sh
# Runs once, when the data directory is empty: databases are empty but for Orleans' tables; services make their own.
set -eu
for database in registry telemetry alerts transit orleans; do
  psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" -c "CREATE DATABASE $database"
done
for script in /orleans/*.sql; do
  psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname orleans -f "$script"
done
