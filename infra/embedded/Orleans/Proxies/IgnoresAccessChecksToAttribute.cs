namespace System.Runtime.CompilerServices;

/// <summary>
/// The runtime knows this attribute by its name: code of an assembly that carries it may use internal types of the named
/// one. Generated proxies need it for internal grain interfaces and for this library's own types.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class IgnoresAccessChecksToAttribute(string assemblyName) : Attribute
{
    public string AssemblyName { get; } = assemblyName;
}
