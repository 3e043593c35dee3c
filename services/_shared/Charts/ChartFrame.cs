namespace SmartCity.Charts;

/// <summary>A drawing and the plot within it, in drawing units.</summary>
/// <param name="Width">Of the whole drawing.</param>
/// <param name="Height">Of the whole drawing.</param>
/// <param name="Left">Room for the values.</param>
/// <param name="Right">Air.</param>
/// <param name="Top">Room above the plot.</param>
/// <param name="Bottom">Room for the times.</param>
public sealed record ChartFrame(int Width, int Height, int Left, int Right, int Top, int Bottom)
{
    public int PlotRight => Width - Right;

    public int PlotBottom => Height - Bottom;

    public int PlotWidth => Width - Left - Right;

    public int PlotHeight => Height - Top - Bottom;
}
