using System.Runtime.InteropServices;

namespace SmartCity.Transit.Planning.Search;

/// <summary>What one run of a search is for.</summary>
/// <param name="Limit">On its clock: nothing later counts.</param>
/// <param name="Bound">A search the other way: a label counts only if that has a way on from it.</param>
/// <param name="Scouts">Finds how soon each stop can be reached, instead of what is best at the end.</param>
/// <param name="SlackSeconds">Of a scout: nothing counts that is later by this than the first arrival at the end.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SearchPass(int Limit, SearchMemory? Bound = null, bool Scouts = false, int? SlackSeconds = null)
{
    public static readonly SearchPass Unbounded = new(SearchQuery.Far);
}
