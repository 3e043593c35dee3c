namespace SmartCity.ServiceDefaults.Files;

/// <summary>Files with secrets in them: from their first byte on, only the user who made them may read them.</summary>
public static class OwnerOnly
{
    /// <summary>For writing such a file. On Windows the folder's own rights count.</summary>
    public static FileStreamOptions Write(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
