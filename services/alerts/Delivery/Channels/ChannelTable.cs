using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Alerts.Delivery.Channels;

/// <summary>Every channel by its name.</summary>
internal sealed class ChannelTable(IEnumerable<IDeliveryChannel> channels)
{
    public IReadOnlyList<IDeliveryChannel> All { get; } = [.. channels];

    /// <summary>Those by which somebody can subscribe.</summary>
    public IEnumerable<IDeliveryChannel> Offered => All.Where(channel => channel.NotOffered is null);

    /// <summary>Reads the addresses of a request, or gives the refusal that says what is wrong with one.</summary>
    public bool TryRead(IReadOnlyList<AddressRequest> requests, out List<GivenAddress> given, [NotNullWhen(false)] out ProblemHttpResult? refusal)
    {
        given = [];
        refusal = null;
        foreach (var request in requests)
        {
            var channel = All.FirstOrDefault(channel => channel.Name == request.Channel);
            if (channel is not { NotOffered: null })
            {
                refusal = Problem.Unprocessable("channel-not-offered", "This channel is not offered here.",
                    $"{channel?.NotOffered ?? $"There is no channel '{request.Channel}'."} Nothing was saved. Offered are {string.Join(", ", Offered.Select(offered => offered.Name))}.");
                return false;
            }

            try
            {
                given.Add(new GivenAddress(channel, channel.Read(request)));
            }
            catch (AddressFaultException fault)
            {
                refusal = Problem.Unprocessable("address-not-usable", "This address cannot be used.", $"addresses[{given.Count}]: {fault.Message} Nothing was saved.");
                return false;
            }
        }

        var twice = given.GroupBy(one => (one.Channel.Name, one.Address.Key)).FirstOrDefault(group => group.Count() > 1);
        refusal = twice is null ? null
            : Problem.Unprocessable("address-given-twice", "One address is given twice.", $"A {twice.Key.Name} address stands there twice. Nothing was saved.");
        return refusal is null;
    }
}

/// <summary>An address that was given, and its channel.</summary>
internal sealed record GivenAddress(IDeliveryChannel Channel, ChannelAddress Address);
