using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace SmartCity.Load.Alerts;

/// <summary>
/// When bytes arrived at a socket by the kernel's own clock, however late they are read (Linux, <c>SO_TIMESTAMPNS</c>:
/// https://www.kernel.org/doc/html/latest/networking/timestamping.html). Numbers of options and layouts are those of 64-bit Linux.
/// </summary>
internal static unsafe partial class ArrivalStamps
{
    private const int LevelSocket = 1;
    private const int TimestampNanoseconds = 35;
    private const int DoNotWait = 0x40;
    private const int LengthOfControlHeader = 16;

    [ThreadStatic]
    private static byte[]? _input;

    public static void TurnOn(Socket socket) => socket.SetRawSocketOption(LevelSocket, TimestampNanoseconds, BitConverter.GetBytes(1));

    /// <param name="socket">With stamps turned on.</param>
    /// <param name="bytes">Valid until the next call on this thread.</param>
    /// <param name="at">Of the last of them, in ticks of <see cref="Stopwatch"/>.</param>
    /// <returns>False when nothing is there.</returns>
    public static bool TryReceive(Socket socket, out ReadOnlySpan<byte> bytes, out long at)
    {
        _input ??= GC.AllocateArray<byte>(64 * 1024, pinned: true);
        Span<long> control = stackalloc long[8];
        fixed (byte* input = _input)
        fixed (long* controlBytes = control)
        {
            var part = new Part { Start = input, Length = (nuint)_input.Length };
            var message = new Message { Parts = &part, PartCount = 1, Control = (byte*)controlBytes, ControlLength = (nuint)control.Length * sizeof(long) };
            var count = ReceiveMessage((int)socket.Handle, &message, DoNotWait);
            bytes = _input.AsSpan(0, (int)Math.Max(0, count));
            at = count > 0 ? Stamp(control, message.ControlLength) : 0;
            return count > 0;
        }
    }

    // One control message: its length, its level and type, then seconds and nanoseconds since 1970.
    private static long Stamp(ReadOnlySpan<long> control, nuint length)
    {
        if (length < LengthOfControlHeader + 16)
        {
            throw new NotSupportedException("The kernel stamps no arrivals on this machine.");
        }

        var realNanoseconds = (control[2] * 1_000_000_000) + control[3];
        var agoNanoseconds = ((DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100) - realNanoseconds;
        return Stopwatch.GetTimestamp() - (long)(agoNanoseconds * (Stopwatch.Frequency / 1e9));
    }

    [LibraryImport("libc", EntryPoint = "recvmsg", SetLastError = true)]
    private static partial nint ReceiveMessage(int socket, Message* message, int flags);

    [StructLayout(LayoutKind.Sequential)]
    private struct Part
    {
        public byte* Start;
        public nuint Length;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Message
    {
        public nint Name;
        public uint NameLength;
        public Part* Parts;
        public nuint PartCount;
        public byte* Control;
        public nuint ControlLength;
        public int Flags;
    }
}
