namespace SmartCity.Engine.Tests.Hosting;

internal static class Waiting
{
    // daprd with Redis may take up to its processing timeout to deliver again.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Limit);

    public static Task<T> Soon<T>(this ValueTask<T> task) => task.AsTask().WaitAsync(Limit);

    public static Task Soon(this Task task) => task.WaitAsync(Limit);
}
