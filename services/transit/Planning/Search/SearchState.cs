using System.Runtime.InteropServices;

namespace SmartCity.Transit.Planning.Search;

/// <summary>What a search knows of a stop. Of another epoch than the search's: nothing.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct StopState
{
    public int Epoch;

    /// <summary>Labels by which the search has alighted here.</summary>
    public int Arrivals;

    /// <summary>Labels with which it can board here.</summary>
    public int Boards;

    /// <summary>Where the stop's ways to the end begin in the list of them, or -1.</summary>
    public int Ends;

    /// <summary>The last round with a new label of <see cref="Arrivals"/>, and of <see cref="Boards"/>.</summary>
    public int ArrivalTick;

    public int BoardTick;
}

/// <summary>A pattern that is to be searched in a round, from its first call (on the search's clock) where anybody boards.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct PatternState
{
    public int Tick;

    public int From;
}

/// <summary>A trip that the search is on while it follows a lane.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct Riding
{
    public int Trip;

    public int Walk;

    public int Parent;

    public ushort Board;
}

/// <summary>A list of numbers that keeps its room.</summary>
internal sealed class Reused<T>
{
    private T[] _items = new T[64];

    public int Count { get; private set; }

    public ref T this[int index] => ref _items[index];

    public Span<T> Span => _items.AsSpan(0, Count);

    public void Clear() => Count = 0;

    public void Add(T item)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, 2 * Count);
        }

        _items[Count++] = item;
    }

    public void RemoveLast() => Count--;
}
