namespace SmartCity.Embedded.Grains;

/// <summary>A list of requests linked through the requests themselves, so that queueing allocates nothing.</summary>
internal struct RequestList
{
    private GrainRequest? _last;
    private int _interleaved;
    private int _readOnly;

    public GrainRequest? First { get; private set; }

    public int Count { get; private set; }

    /// <summary>Whether every member lets any other request run beside it.</summary>
    public readonly bool AllInterleave => _interleaved == Count;

    /// <summary>Whether every member lets one that only reads run beside it.</summary>
    public readonly bool AllReadOnly => _readOnly == Count;

    public void Add(GrainRequest request)
    {
        request.Previous = _last;
        request.Next = null;
        if (_last is null)
        {
            First = request;
        }
        else
        {
            _last.Next = request;
        }

        _last = request;
        Count++;
        _interleaved += request.AlwaysInterleave ? 1 : 0;
        _readOnly += request.AlwaysInterleave || request.ReadOnly ? 1 : 0;
    }

    public void Remove(GrainRequest request)
    {
        if (request.Previous is null)
        {
            First = request.Next;
        }
        else
        {
            request.Previous.Next = request.Next;
        }

        if (request.Next is null)
        {
            _last = request.Previous;
        }
        else
        {
            request.Next.Previous = request.Previous;
        }

        request.Previous = request.Next = null;
        Count--;
        _interleaved -= request.AlwaysInterleave ? 1 : 0;
        _readOnly -= request.AlwaysInterleave || request.ReadOnly ? 1 : 0;
    }

    public readonly GrainRequest? Find<TArgument>(TArgument argument, Func<TArgument, GrainRequest, bool> predicate)
    {
        for (var request = First; request is not null; request = request.Next)
        {
            if (predicate(argument, request))
            {
                return request;
            }
        }

        return null;
    }

    public readonly void CollectExpired(long now, List<GrainRequest> expired)
    {
        for (var request = First; request is not null; request = request.Next)
        {
            if (now >= request.Deadline && request.TryAbandon())
            {
                expired.Add(request);
            }
        }
    }

    /// <summary>Removes and returns all members, first come first.</summary>
    public List<GrainRequest> TakeAll()
    {
        var all = new List<GrainRequest>(Count);
        while (First is { } request)
        {
            Remove(request);
            all.Add(request);
        }

        return all;
    }
}
