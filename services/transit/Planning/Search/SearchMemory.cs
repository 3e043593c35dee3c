namespace SmartCity.Transit.Planning.Search;

/// <summary>What a search has found out of each stop, kept until its next run. A search the other way can be bounded by it.</summary>
internal abstract class SearchMemory
{
    /// <summary>Valid until the next run.</summary>
    public LabelPool Labels { get; } = new();

    protected StopState[] Stops { get; private set; } = [];

    protected int Epoch { get; private set; }

    /// <summary>Whether this search, run the other way from the end, has a way on from alighting at a stop.</summary>
    /// <param name="time">On the clock of the search that asks.</param>
    /// <param name="rides">How many more are allowed.</param>
    public bool LeadsOnFromArrival(int stop, int time, int rides)
    {
        ref var state = ref Stops[stop];
        return state.Epoch == Epoch && Labels.Beats(state.Boards, -time, walk: int.MaxValue, rides);
    }

    /// <summary>The same from being ready to board.</summary>
    public bool LeadsOnFromBoard(int stop, int time, int rides)
    {
        ref var state = ref Stops[stop];
        return state.Epoch == Epoch && Labels.Beats(state.Arrivals, -time, walk: int.MaxValue, rides);
    }

    protected void Forget(int stopCount)
    {
        if (Stops.Length < stopCount)
        {
            Stops = new StopState[stopCount];
        }

        Epoch++;
        Labels.Clear();
    }

    protected ref StopState Touch(int stop)
    {
        ref var state = ref Stops[stop];
        if (state.Epoch != Epoch)
        {
            state = new StopState { Epoch = Epoch, Arrivals = -1, Boards = -1, Ends = -1, ArrivalTick = -1, BoardTick = -1 };
        }

        return ref state;
    }
}
