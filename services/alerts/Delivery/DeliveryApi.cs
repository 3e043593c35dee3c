using SmartCity.Alerts.Delivery.Channels.WebPush;
using SmartCity.Alerts.Delivery.Reach;
using SmartCity.Alerts.Delivery.SelfTests;
using SmartCity.Alerts.Delivery.Subscriptions;

namespace SmartCity.Alerts.Delivery;

/// <summary>The endpoints of subscriptions and of what came of deliveries.</summary>
internal static class DeliveryApi
{
    public static void MapDelivery(this IEndpointRouteBuilder town)
    {
        town.MapPushKey();
        town.MapSubscriptions();
        town.MapDeliveries();
        town.MapSelfTests();
    }
}
