using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.Messaging;

/// <summary>Run by name: <c>ShopFlow.Tests -explicit only -class ShopFlow.Tests.Messaging.ThroughputTests</c>.</summary>
public sealed class ThroughputTests(PostgresServer postgres, RabbitMqServer broker, ITestOutputHelper output)
{
    private const int Events = 20_000;

    [Fact(Explicit = true)]
    public async Task Events_flow_through_outbox_broker_and_inbox()
    {
        var database = await postgres.CreateDatabaseAsync();
        await using var service = await MessagingService.StartAsync(
            database, await broker.RunningAddressAsync(), $"throughput-{Guid.NewGuid():N}");
        await service.HealthyAsync();
        await FlowAsync(service, 1000);

        var cpu = Environment.CpuUsage.TotalTime;
        var flowed = await FlowAsync(service, Events);
        cpu = Environment.CpuUsage.TotalTime - cpu;

        output.WriteLine($"{Events} events: {Events / flowed.TotalSeconds:0} a second from the first commit to the last effect, {cpu.TotalMilliseconds / Events:0.00} ms of this process's CPU each");
        Assert.True(Events / flowed.TotalSeconds > 200, $"only {Events / flowed.TotalSeconds:0} a second");

        // One at a time: what an event costs that finds everything idle.
        var latencies = new List<double>();
        for (var number = 0; number < 200; number++)
        {
            var text = $"single-{number}";
            var started = Stopwatch.GetTimestamp();
            await service.PublishAsync(text);
            while (!service.Script.Calls.Any(call => call.Text == text))
            {
                await Task.Yield();
            }

            latencies.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        latencies.Sort();
        output.WriteLine($"one event, idle: median {latencies[100]:0.0} ms, p99 {latencies[197]:0.0} ms from publish to handler");
    }

    // In transactions of one event each, eight at a time, as requests would do it.
    private static async Task<TimeSpan> FlowAsync(MessagingService service, int count)
    {
        var before = await service.WithDbAsync(db => db.Effects.CountAsync());
        var elapsed = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (number, _) => await service.PublishAsync($"flow-{number}"));
        await Eventually.TrueAsync(
            () => service.WithDbAsync(async db => await db.Effects.CountAsync() == before + count), TimeSpan.FromMinutes(2), () => "not all arrived");
        service.Script.Calls.Clear();
        return elapsed.Elapsed;
    }
}
