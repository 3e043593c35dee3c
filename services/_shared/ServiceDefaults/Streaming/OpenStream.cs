using System.Buffers;
using System.IO.Pipelines;

namespace SmartCity.ServiceDefaults.Streaming;

/// <summary>
/// One open answer that tells what happens: a bounded queue of shared bytes, written by the thread that adds to it. A task for
/// each of ten thousand streams that wakes for each event would cost more than the writing.
/// </summary>
/// <param name="queueLength">Frames that may wait for a client that reads slowly.</param>
/// <param name="abort">Closes the connection, also while a write to it is stuck.</param>
public class OpenStream(int queueLength, Action abort)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Null while nothing waits: most streams are silent most of the time.
    private Queue<ReadOnlyMemory<byte>>? _waiting;
    private PipeWriter? _body;
    private bool _isWriting;
    private bool _isComplete;
    private Exception? _fault;

    /// <summary>Frames that are not written yet.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _waiting?.Count ?? 0;
            }
        }
    }

    /// <summary>Bytes of the frames that were written.</summary>
    public long WrittenBytes { get; private set; }

    /// <summary>Takes a frame for later: <see cref="Write"/> sends it.</summary>
    /// <param name="frame">Bytes that never change.</param>
    /// <returns>False when too many wait.</returns>
    public bool TryAdd(ReadOnlyMemory<byte> frame)
    {
        lock (_gate)
        {
            if (_isComplete)
            {
                return true;
            }

            if (_waiting?.Count >= queueLength)
            {
                return false;
            }

            (_waiting ??= new Queue<ReadOnlyMemory<byte>>(1)).Enqueue(frame);
            return true;
        }
    }

    /// <summary>Sends what waits, as far as the client takes it now; never waits itself. The rest follows by itself.</summary>
    public void Write()
    {
        lock (_gate)
        {
            if (_isWriting || _body is null || _waiting is null)
            {
                return;
            }

            _isWriting = true;
        }

        Continue();
    }

    /// <summary>Ends the stream after what waits.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _isComplete = true;
            EndIfIdle();
        }
    }

    /// <summary>Ends the stream now: for a client that lags.</summary>
    public void Abort()
    {
        Drop();
        abort();
    }

    /// <summary>Sends what was added and what is added from now on; returns when the stream is over and nothing writes to it any more.</summary>
    /// <param name="body">Of the answer; nobody else writes to it meanwhile.</param>
    /// <param name="aborted">The client has gone.</param>
    public async Task RunAsync(PipeWriter body, CancellationToken aborted)
    {
        lock (_gate)
        {
            _body = body;
            EndIfIdle();
        }

        Write();
        await using var gone = aborted.UnsafeRegister(static stream => ((OpenStream)stream!).Drop(), this);
        await _ended.Task;
    }

    private void Continue()
    {
        while (TakeAll() is { } frames)
        {
            ValueTask<FlushResult> flushed;
            try
            {
                foreach (var frame in frames)
                {
                    _body!.Write(frame.Span);
                    WrittenBytes += frame.Length;
                }

                flushed = _body!.FlushAsync();
                if (flushed.IsCompletedSuccessfully)
                {
                    Note(flushed.Result);
                    continue;
                }
            }
            catch (Exception exception)
            {
                Fail(exception);
                continue;
            }

            _ = FinishAsync(flushed);
            return;
        }
    }

    // The client takes no more for now.
    private async Task FinishAsync(ValueTask<FlushResult> flushed)
    {
        try
        {
            Note(await flushed);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }

        Continue();
    }

    private void Note(FlushResult result)
    {
        if (result.IsCompleted || result.IsCanceled)
        {
            Drop();
        }
    }

    // Whoever waits for the end is told; that a client went away is none of anybody's faults.
    private void Fail(Exception exception)
    {
        _fault = exception is IOException or OperationCanceledException ? null : exception;
        Drop();
    }

    private Queue<ReadOnlyMemory<byte>>? TakeAll()
    {
        lock (_gate)
        {
            var frames = _waiting;
            _waiting = null;
            _isWriting = frames is not null;
            EndIfIdle();
            return frames;
        }
    }

    private void Drop()
    {
        lock (_gate)
        {
            _waiting = null;
            _isComplete = true;
            EndIfIdle();
        }
    }

    private void EndIfIdle()
    {
        if (!_isComplete || _isWriting || _waiting is not null)
        {
            return;
        }

        if (_fault is { } fault)
        {
            _ended.TrySetException(fault);
        }
        else
        {
            _ended.TrySetResult();
        }
    }
}
