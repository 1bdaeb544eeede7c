using System.Diagnostics;
using ShopFlow.Contracts;
using ShopFlow.Payments.Settlement;

namespace ShopFlow.Tests.Payments;

public sealed class PaymentCostTests(PaymentsUnderTest payments) : IClassFixture<PaymentsUnderTest>
{
    private const int BatchSize = 16;

    /// <summary>The processor time of this process: the service, the sandbox and the tests themselves, without PostgreSQL.</summary>
    [Fact]
    public async Task A_payment_costs_little_when_many_are_requested()
    {
        await SettleAsync(count: 640);

        var (clock, before) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
        await SettleAsync(count: 3200);
        var cost = (Process.GetCurrentProcess().TotalProcessorTime - before) / 3200;

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{cost.TotalMilliseconds:0.00} ms of processor time a payment, {3200 / clock.Elapsed.TotalSeconds:0} payments/s");
        Assert.InRange(cost.TotalMilliseconds, 0, 5);
    }

    private async Task SettleAsync(int count)
    {
        var orders = Enumerable.Range(0, count).Select(_ => PaymentsUnderTest.Requested(Guid.CreateVersion7())).ToList();
        foreach (var batch in orders.Chunk(BatchSize))
            await payments.DeliverBatchAsync<PaymentRequested, RecordPayment>(batch);

        await payments.AllSettledAsync();
    }
}
