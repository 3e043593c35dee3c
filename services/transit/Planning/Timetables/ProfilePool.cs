using System.Numerics;

namespace SmartCity.Transit.Planning.Timetables;

/// <summary>Keeps each distinct list of numbers once.</summary>
internal sealed class ProfilePool<T>
    where T : struct, IBinaryInteger<T>
{
    private readonly Dictionary<(int Offset, int Length), int> _offsets;
    private T[] _data = new T[64];
    private int _count;

    public ProfilePool() => _offsets = new Dictionary<(int, int), int>(new ByContent(this));

    /// <returns>Where the list stands.</returns>
    public int Add(ReadOnlySpan<T> list)
    {
        while (_count + list.Length > _data.Length)
        {
            Array.Resize(ref _data, 2 * _data.Length);
        }

        list.CopyTo(_data.AsSpan(_count));
        if (_offsets.TryGetValue((_count, list.Length), out var known))
        {
            return known;
        }

        _offsets.Add((_count, list.Length), _count);
        _count += list.Length;
        return _count - list.Length;
    }

    public T[] ToArray() => _data.AsSpan(0, _count).ToArray();

    private sealed class ByContent(ProfilePool<T> pool) : IEqualityComparer<(int Offset, int Length)>
    {
        public bool Equals((int Offset, int Length) x, (int Offset, int Length) y)
            => pool._data.AsSpan(x.Offset, x.Length).SequenceEqual(pool._data.AsSpan(y.Offset, y.Length));

        public int GetHashCode((int Offset, int Length) list)
        {
            var hash = default(HashCode);
            hash.AddBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(pool._data.AsSpan(list.Offset, list.Length)));
            return hash.ToHashCode();
        }
    }
}
