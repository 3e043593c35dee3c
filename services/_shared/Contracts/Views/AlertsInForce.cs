using System.Text.Json.Serialization;

namespace SmartCity.Contracts.Views;

/// <summary>What <c>GET active</c> of alerts answers.</summary>
/// <param name="Items">This page.</param>
/// <param name="Next">Pass as <c>?after=</c> for the following page; null at the end.</param>
/// <param name="LastEventId">Where the stream stood before the list was read: opened with it, the stream tells all that the list may lack.</param>
public sealed record AlertsInForce(
    IReadOnlyList<AlertView> Items, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next = null, string? LastEventId = null);
