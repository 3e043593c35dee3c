using System.Reflection;

namespace Orleans.Serialization.Invocation;

/// <summary>A call as a filter sees it: its method and its arguments.</summary>
public interface IInvokable
{
    /// <summary>The grain instance; null before the call reached it.</summary>
    object? GetTarget();

    /// <summary>The number of arguments.</summary>
    int GetArgumentCount();

    /// <summary>One argument.</summary>
    object? GetArgument(int index);

    /// <summary>Replaces one argument.</summary>
    void SetArgument(int index, object value);

    /// <summary>The method's name.</summary>
    string GetMethodName();

    /// <summary>The interface's full name.</summary>
    string GetInterfaceName();

    /// <summary>Interface and method, as named in traces.</summary>
    string GetActivityName();

    /// <summary>The method of the interface.</summary>
    MethodInfo GetMethod();

    /// <summary>The interface.</summary>
    Type GetInterfaceType();
}
