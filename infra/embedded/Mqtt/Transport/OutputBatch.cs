namespace SmartCity.Embedded.Mqtt.Transport;

/// <summary>
/// Lets the thread that handles a read's packets also send what they led to, once, when it is done with them: no other
/// thread has to be woken, and answers to packets that came together leave together. Belongs to one thread, between
/// <see cref="Begin"/> and <see cref="End"/>, without an await in between.
/// </summary>
internal static class OutputBatch
{
    // One message to very many subscribers is sent by the thread pool instead, so that reading is not held up.
    private const int MostOutputs = 8;

    [ThreadStatic]
    private static List<PacketOutput>? _outputs;

    [ThreadStatic]
    private static bool _isOpen;

    public static void Begin() => _isOpen = true;

    /// <summary>Whether the output will be sent by <see cref="End"/>; if not, its owner sees to it.</summary>
    public static bool TryAdd(PacketOutput output)
    {
        if (!_isOpen || _outputs?.Count >= MostOutputs)
        {
            return false;
        }

        (_outputs ??= []).Add(output);
        return true;
    }

    public static void End()
    {
        if (!_isOpen)
        {
            return;
        }

        // Closed first: sending may lead to further packets, which go their own way.
        _isOpen = false;
        if (_outputs is not { Count: > 0 } outputs)
        {
            return;
        }

        foreach (var output in outputs)
        {
            output.SendFromHere();
        }

        outputs.Clear();
    }
}
