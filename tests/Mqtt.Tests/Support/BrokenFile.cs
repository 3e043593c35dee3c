using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SmartCity.Mqtt.Tests.Support;

/// <summary>
/// Makes every write to a file that this process has open fail, until it is disposed: the open file's descriptor is
/// for so long one that cannot be written (Linux man page dup(2)).
/// </summary>
public sealed partial class BrokenFile : IDisposable
{
    private readonly int _descriptor;
    private readonly int _saved;

    public BrokenFile(string path)
    {
        _descriptor = new DirectoryInfo("/proc/self/fd").GetFiles()
            .Where(file => file.LinkTarget == path).Select(file => int.Parse(file.Name, CultureInfo.InvariantCulture)).Single();
        _saved = Duplicate(_descriptor);
        using SafeFileHandle readOnly = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.Read);
        Replace((int)readOnly.DangerousGetHandle(), _descriptor).ShouldBe(_descriptor);
    }

    public void Dispose()
    {
        Replace(_saved, _descriptor).ShouldBe(_descriptor);
        Close(_saved).ShouldBe(0);
    }

    [LibraryImport("libc", EntryPoint = "dup")]
    private static partial int Duplicate(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int Replace(int descriptor, int replaced);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
