using System.Diagnostics;
using RabbitMQ.Client.Events;
using ShopFlow.Contracts;

namespace ShopFlow.Messaging;

/// <summary>A delivery that was understood, and the span of its handling.</summary>
internal sealed class ReceivedEvent(BasicDeliverEventArgs delivery, Subscription subscription, IntegrationEvent e, Activity? activity)
{
    public BasicDeliverEventArgs Delivery => delivery;

    public Subscription Subscription => subscription;

    public IntegrationEvent Event => e;

    public Activity? Activity => activity;
}
