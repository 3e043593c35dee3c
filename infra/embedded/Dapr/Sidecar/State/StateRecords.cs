using System.Text;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>The records of the state log: a kind byte, then the versions of one request, all of them or none.</summary>
internal static class StateRecords
{
    private const byte Versions = 1;
    private const byte LastETag = 2;

    public static byte[] Of(IReadOnlyCollection<(StateKey Key, StateVersion Version)> changes)
    {
        using var buffer = new MemoryStream(64 + changes.Sum(c => c.Version.Value?.Length ?? 0));
        using var writer = new BinaryWriter(buffer, Encoding.UTF8);
        writer.Write(Versions);
        writer.Write(changes.Count);
        foreach (var (key, version) in changes)
        {
            writer.Write(key.Store);
            writer.Write(key.Key);
            writer.Write(version.ETag);
            writer.Write(version.ExpiresAtUnixMilliseconds);
            writer.Write(version.ContentType ?? "");
            writer.Write(version.Value?.Length ?? -1);
            writer.Write(version.Value ?? []);
        }

        writer.Flush();
        return buffer.ToArray();
    }

    /// <summary>Keeps numbers of deleted versions from being used again after a rewrite.</summary>
    public static byte[] OfLastETag(long etag) => [LastETag, .. BitConverter.GetBytes(etag)];

    /// <exception cref="InvalidDataException">The record is of an unknown kind, as from a newer version.</exception>
    public static (long LastETag, List<(StateKey Key, StateVersion Version)> Changes) Read(ReadOnlySpan<byte> record)
    {
        using var reader = new BinaryReader(new MemoryStream(record.ToArray()), Encoding.UTF8);
        var changes = new List<(StateKey, StateVersion)>();
        switch (reader.ReadByte())
        {
            case LastETag:
                return (reader.ReadInt64(), changes);
            case Versions:
                var last = 0L;
                for (var count = reader.ReadInt32(); count > 0; count--)
                {
                    var key = new StateKey(reader.ReadString(), reader.ReadString());
                    var (etag, expires, contentType, length) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadString(), reader.ReadInt32());
                    changes.Add((key, new StateVersion(etag, length < 0 ? null : reader.ReadBytes(length), contentType.Length == 0 ? null : contentType, expires)));
                    last = Math.Max(last, etag);
                }

                return (last, changes);
            default:
                throw new InvalidDataException($"The state log has a record of unknown kind {record[0]}; was it written by a newer version?");
        }
    }
}
