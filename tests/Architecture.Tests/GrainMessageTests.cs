using System.Reflection;
using Orleans;

namespace SmartCity.Architecture.Tests;

public sealed class GrainMessageTests
{
    [Fact]
    public void Messages_OfEveryGrain_AreMarkedForTheDistributedEngine()
    {
        var types = Assembly.Load("SmartCity.Host").GetReferencedAssemblies()
            .Where(name => name.Name!.StartsWith("SmartCity.", StringComparison.Ordinal) && !name.Name.StartsWith("SmartCity.Embedded.", StringComparison.Ordinal))
            .SelectMany(name => Assembly.Load(name).GetTypes()).ToArray();

        types.ShouldContain(type => type.IsInterface && typeof(IGrain).IsAssignableFrom(type));
        GrainMessages.FaultsOf(types).ShouldBeEmpty();
    }

    [Fact]
    public void Messages_WhenNotMarked_AreFound()
    {
        var faults = GrainMessages.FaultsOf([typeof(IBrokenGrain)]).ToArray();

        faults.ShouldContain(fault => fault.Contains(nameof(Unmarked), StringComparison.Ordinal));
        faults.ShouldContain(fault => fault.Contains(nameof(HalfMarked.Lost), StringComparison.Ordinal));
    }

    public interface IBrokenGrain : IGrainWithStringKey
    {
        Task<Unmarked[]> Ask(HalfMarked question);
    }

    public sealed record Unmarked(int Value);

    // Orleans' own analyzer, which the distributed build has, finds this one too; here it is the fixture.
#pragma warning disable ORLEANS0004
    [GenerateSerializer]
    public sealed class HalfMarked
    {
        [Id(0)]
        public int Kept { get; set; }

        public int Lost { get; set; }
    }
#pragma warning restore ORLEANS0004
}
