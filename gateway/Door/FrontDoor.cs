namespace SmartCity.Gateway.Door;

/// <summary>Puts the door before everything else: most requests go no further, and none pays for what only a few need.</summary>
internal sealed class FrontDoor : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseMiddleware<DoorMiddleware>();
        next(app);
    };
}
