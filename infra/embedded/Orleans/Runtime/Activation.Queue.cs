using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace SmartCity.Embedded.Grains;

/// <summary>The queue: requests in order of arrival, and the rules by which one may start.</summary>
internal sealed partial class Activation
{
    private readonly Lock _gate = new();
    private readonly Queue<Task> _continuations = new(0);
    private RequestList _waiting;
    private RequestList _running;
    private Dictionary<Guid, int>? _reentrantSections;
    private bool _scheduled;
    private int _waitingInterleaved;

    /// <summary>Requests that wait or run.</summary>
    public int Load => _waiting.Count + _running.Count;

    public override bool TryEnqueue(GrainRequest request)
    {
        bool schedule;
        lock (_gate)
        {
            if (_state == LifeState.Ended)
            {
                return false;
            }

            if (Silo.QueueLimit > 0 && _waiting.Count >= Silo.QueueLimit && !request.IsTimer)
            {
                throw new LimitExceededException("MaxEnqueuedRequestsHardLimit", _waiting.Count, Silo.QueueLimit, GrainId);
            }

            _waiting.Add(request);
            _waitingInterleaved += request.AlwaysInterleave || request.ReadOnly ? 1 : 0;
            schedule = !_scheduled;
            _scheduled = true;
        }

        if (schedule)
        {
            Schedule();
        }

        return true;
    }

    public void QueueContinuation(Task task)
    {
        bool schedule;
        lock (_gate)
        {
            _continuations.Enqueue(task);
            schedule = !_scheduled;
            _scheduled = true;
        }

        if (schedule)
        {
            Schedule();
        }
    }

    // Never to the thread's own queue, which is last in, first out: a busy caller would hold back what it queued first.
    private void Schedule() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    public IEnumerable<Task> SnapshotContinuations()
    {
        lock (_gate)
        {
            return [.. _continuations];
        }
    }

    public void EnterReentrantSection(Guid id)
    {
        lock (_gate)
        {
            _reentrantSections ??= [];
            _reentrantSections[id] = _reentrantSections.GetValueOrDefault(id) + 1;
        }
    }

    public void ExitReentrantSection(Guid id)
    {
        lock (_gate)
        {
            if (_reentrantSections is not null && _reentrantSections.TryGetValue(id, out var count))
            {
                if (count > 1)
                {
                    _reentrantSections[id] = count - 1;
                }
                else
                {
                    _reentrantSections.Remove(id);
                }
            }
        }
    }

    /// <summary>Takes out the callers that have waited too long; they are told outside of the lock.</summary>
    public void CollectExpired(long now, List<GrainRequest> expired)
    {
        if (_waiting.Count == 0 && _running.Count == 0)
        {
            return;
        }

        List<GrainRequest> left;
        lock (_gate)
        {
            _waiting.CollectExpired(now, expired);
            _running.CollectExpired(now, expired);
            if (!IsStuck(now))
            {
                return;
            }

            // What runs here may go on, but nothing more comes here.
            _state = LifeState.Ended;
            left = _waiting.TakeAll();
        }

        Silo.Remove(this);
        Silo.Log.Abandoned(GrainId);
        StopTimers();
        Resend(left);
        _deactivated.TrySetResult();
    }

    private bool IsStuck(long now) => _state == LifeState.Active && _waiting.Count > 0 && !Class.Reentrant
        && !Silo.IsStopping && _running.First is { } oldest && now - oldest.StartedAt > Silo.LongestRequest;

    private void Resend(List<GrainRequest> requests)
    {
        foreach (var request in requests)
        {
            if (!request.IsTimer)
            {
                Silo.Resend(GrainId, request);
            }
        }
    }

    // Called with the lock held.
    private GrainRequest? TakeRequest()
    {
        var request = _waiting.First;
        if (request is not null && !MayStart(request))
        {
            // Only these can overtake, so a busy grain does not search its queue for every turn.
            request = _waitingInterleaved > 0 || Class.MayInterleave is not null || _reentrantSections is { Count: > 0 } ? _waiting.Find(this, static (a, r) => a.MayStart(r)) : null;
        }

        if (request is not null)
        {
            _waiting.Remove(request);
            _waitingInterleaved -= request.AlwaysInterleave || request.ReadOnly ? 1 : 0;
            request.StartedAt = Silo.CoarseNow;
            _running.Add(request);
        }

        return request;
    }

    private bool MayStart(GrainRequest request)
    {
        if (_running.Count == 0)
        {
            return true;
        }

        var chain = request.ReentrancyId;
        if (chain != Guid.Empty && _reentrantSections is not null && _reentrantSections.ContainsKey(chain))
        {
            return true;
        }

        // An activation that is to end takes in nothing but what its running requests wait for.
        return !_deactivateAsked
            && (Class.Reentrant || request.AlwaysInterleave || _running.AllInterleave
                || (request.ReadOnly && _running.AllReadOnly) || (Class.MayInterleave is { } allows && MayInterleave(allows, request)));
    }

    private bool MayInterleave(Func<object, IInvokable, bool> allows, GrainRequest request)
    {
        try
        {
            return allows(GrainInstance!, request)
                || _running.Find((allows, GrainInstance), static (rule, running) => !running.AlwaysInterleave && !rule.allows(rule.GrainInstance!, running)) is null;
        }
        catch (Exception exception)
        {
            Silo.Log.InterleaveFailed(request.Describe(), exception);
            return false;
        }
    }
}
