using System.Threading.Channels;

namespace SmartCity.Dapr.Tests.Support;

/// <summary>Waits that fail a test instead of hanging it.</summary>
internal static class Waiting
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static Task Soon(this Task task) => task.WaitAsync(Limit);

    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Limit);

    public static Task<T> NextAsync<T>(this Channel<T> channel) => channel.Reader.ReadAsync().AsTask().Soon();

    public static async Task<List<T>> NextAsync<T>(this Channel<T> channel, int count)
    {
        var items = new List<T>();
        while (items.Count < count)
        {
            items.Add(await channel.NextAsync());
        }

        return items;
    }
}
