using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SmartCity.Contracts;

namespace SmartCity.ServiceDefaults.Data;

/// <summary>Columns that the database only keeps and never looks into.</summary>
public static class JsonColumn
{
    /// <summary>JSON text, compared as such.</summary>
    public static PropertyBuilder<T> HasJsonConversion<T>(this PropertyBuilder<T> property)
        where T : class?
        => property.HasConversion(
            value => JsonSerializer.Serialize(value, CityJson.Options),
            text => JsonSerializer.Deserialize<T>(text, CityJson.Options)!,
            new ValueComparer<T>(
                (left, right) => JsonSerializer.Serialize(left, CityJson.Options) == JsonSerializer.Serialize(right, CityJson.Options),
                value => JsonSerializer.Serialize(value, CityJson.Options).GetHashCode(StringComparison.Ordinal),
                value => value));
}
