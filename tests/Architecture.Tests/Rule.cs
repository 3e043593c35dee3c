namespace SmartCity.Architecture.Tests;

/// <summary>A rule over one source file: what is wrong with it, or null; and a file that breaks the rule.</summary>
/// <param name="Name">Shown in the list of tests.</param>
/// <param name="FaultOf">The fault of a file, or null.</param>
/// <param name="Broken">A file that must be found faulty, so that a rule that guards nothing is noticed.</param>
public sealed record Rule(string Name, Func<SourceFile, string?> FaultOf, SourceFile Broken)
{
    public override string ToString() => Name;
}
