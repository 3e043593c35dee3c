namespace SmartCity.Transit.Realtime.Board;

/// <summary>The newest snapshot of one town. Reading takes no lock; writers replace it, one after another.</summary>
public sealed class TownBoard
{
    private BoardSnapshot _current = BoardSnapshot.Empty;

    public BoardSnapshot Current => Volatile.Read(ref _current);

    /// <summary>Replaces the snapshot by what <paramref name="change"/> makes of it; the same instance means that nothing changed.</summary>
    /// <param name="change">Without side effects: it is called again when somebody else was first.</param>
    public BoardSnapshot Update(Func<BoardSnapshot, BoardSnapshot> change)
    {
        while (true)
        {
            var before = Current;
            var after = change(before);
            if (ReferenceEquals(before, after))
            {
                return before;
            }

            after = after with { Version = before.Version + 1 };
            if (ReferenceEquals(Interlocked.CompareExchange(ref _current, after, before), before))
            {
                return after;
            }
        }
    }
}
