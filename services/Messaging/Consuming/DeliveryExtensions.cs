using System.Text.Json;
using RabbitMQ.Client.Events;
using ShopFlow.Contracts;

namespace ShopFlow.Messaging;

internal static class DeliveryExtensions
{
    public static string EventName(this BasicDeliverEventArgs delivery) => delivery.BasicProperties.Type ?? delivery.RoutingKey;

    /// <summary>A copy that lasts: the client uses the memory of the body again as soon as its callback returns.</summary>
    public static BasicDeliverEventArgs Keep(this BasicDeliverEventArgs delivery) => new(
        delivery.ConsumerTag,
        delivery.DeliveryTag,
        delivery.Redelivered,
        delivery.Exchange,
        delivery.RoutingKey,
        delivery.BasicProperties,
        delivery.Body.ToArray(),
        delivery.CancellationToken);

    /// <exception cref="MalformedEventException">The message isn't such an event.</exception>
    public static IntegrationEvent ReadEvent(this BasicDeliverEventArgs delivery, Type eventType)
    {
        var e = Deserialize(delivery.Body.Span, eventType);
        return delivery.BasicProperties.MessageId == e.Id.ToString()
            ? e
            : throw new MalformedEventException($"The message id is '{delivery.BasicProperties.MessageId}', that of the event {e.Id}.");
    }

    private static IntegrationEvent Deserialize(ReadOnlySpan<byte> body, Type eventType)
    {
        try
        {
            return EventJson.Deserialize(body, eventType);
        }
        catch (JsonException error)
        {
            throw new MalformedEventException(error.Message, error);
        }
    }
}
