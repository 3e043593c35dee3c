namespace SmartCity.Cli.Answers;

/// <summary>A record of the caller's own, as <c>GET my/exchange-log</c> says it.</summary>
internal sealed record MyRecord(string Id, DateTimeOffset At, string Sentence, string Result);

/// <summary>A key that sealed the log.</summary>
internal sealed record LogKey(string Id, string PublicKeyPem);
