namespace SmartCity.Embedded.Grains;

/// <summary>Requests of one method that may be used again, kept per thread so that no lock is needed.</summary>
internal static class RequestPool<TRequest>
    where TRequest : GrainRequest, new()
{
    private const int Limit = 256;

    [ThreadStatic]
    private static GrainRequest? t_first;

    [ThreadStatic]
    private static int t_count;

    public static TRequest Rent()
    {
        if (t_first is not TRequest request)
        {
            return new TRequest();
        }

        t_first = request.Next;
        t_count--;
        request.Next = null;
        return request;
    }

    public static void Return(TRequest request)
    {
        if (t_count < Limit)
        {
            request.Next = t_first;
            t_first = request;
            t_count++;
        }
    }
}
