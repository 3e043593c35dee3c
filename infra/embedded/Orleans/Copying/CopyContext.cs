namespace SmartCity.Embedded.Grains;

/// <summary>The objects already copied within one value.</summary>
internal sealed class CopyContext
{
    [ThreadStatic]
    private static CopyContext? t_spare;

    private readonly Dictionary<object, object> _copies = new(ReferenceEqualityComparer.Instance);

    public static CopyContext Rent()
    {
        var context = t_spare ?? new CopyContext();
        t_spare = null;
        return context;
    }

    public void Return()
    {
        // A dictionary that grew large is not kept for the life of the thread.
        if (_copies.Count <= 1024)
        {
            _copies.Clear();
            t_spare = this;
        }
    }

    public object? Find(object original) => _copies.GetValueOrDefault(original);

    public void Add(object original, object copy) => _copies[original] = copy;
}
