using SmartCity.Transit.Realtime.Wire;

namespace SmartCity.Transit.Realtime.Reading;

/// <summary>A message that was read, or why not.</summary>
/// <param name="Message">Null where it can't be used at all.</param>
/// <param name="At">Of the header, or when it was received where the header has no usable time.</param>
internal sealed record FeedReading(FeedMessage? Message, DateTimeOffset At, FeedNotices Notices);
