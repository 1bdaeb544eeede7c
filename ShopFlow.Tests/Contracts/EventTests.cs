using ShopFlow.Contracts;
using ShopFlow.Messaging;

namespace ShopFlow.Tests.Contracts;

public sealed class EventTests
{
    private static readonly Type[] EventTypes = [.. typeof(IntegrationEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(IntegrationEvent)))];

    [Fact]
    public void Every_event_has_a_name_of_its_own()
    {
        var names = EventTypes.Select(EventNameAttribute.Of).ToList();

        Assert.NotEmpty(names);
        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.All(names, name => Assert.Matches("^[a-z]+\\.[a-z]+(-[a-z]+)*$", name));
    }

    [Fact]
    public void Every_event_has_generated_json() =>
        Assert.All(EventTypes, type => Assert.NotNull(ContractsJsonContext.Default.GetTypeInfo(type)));

    [Fact]
    public void An_event_survives_the_wire()
    {
        var sent = new OrderPlaced(Guid.NewGuid(), "user", null, [new("SKU", "product", "Kettle", 2, 1999)], 3998, "EUR")
        {
            OccurredAt = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero),
        };

        var received = (OrderPlaced)EventJson.Deserialize(System.Text.Encoding.UTF8.GetBytes(EventJson.Serialize(sent)), typeof(OrderPlaced));

        Assert.Equal(sent.Lines, received.Lines);
        Assert.Equal(sent with { Lines = received.Lines }, received);
    }

    [Fact]
    public void A_member_that_a_later_version_added_is_ignored()
    {
        var body = """{"orderId": "0190d7a0-0000-7000-8000-000000000000", "warehouse": 7}"""u8;

        var received = (StockReserved)EventJson.Deserialize(body, typeof(StockReserved));

        Assert.Equal(Guid.Parse("0190d7a0-0000-7000-8000-000000000000"), received.OrderId);
    }
}
