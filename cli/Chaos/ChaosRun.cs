using System.Diagnostics;
using ShopFlow.Cli.Audit;
using ShopFlow.Cli.Bench;
using ShopFlow.Cli.Platform;

namespace ShopFlow.Cli.Chaos;

/// <summary>Breaks one part of a running platform after the other while shoppers buy, and holds the end against the audit.</summary>
internal sealed class ChaosRun(Checkout checkout, ChaosPlan plan)
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_healLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan s_settleLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_tellEvery = TimeSpan.FromSeconds(10);

    /// <exception cref="CommandFailedException">The shop is not in order to begin with, or something did not come back.</exception>
    public async Task<ChaosResult> RunAsync(CancellationToken cancellationToken)
    {
        var run = RunStatus.Read(checkout) ?? throw new CommandFailedException("Nothing runs from this checkout. Start it with ./shopflow up.");
        var shop = await ShopUnderLoad.PrepareAsync(checkout, cancellationToken);
        await RefuseBrokenShopAsync(cancellationToken);

        using var shoppers = await Shoppers.ConnectAsync(checkout, plan, shop.Skus, cancellationToken);
        using var enough = new CancellationTokenSource();
        using var given = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var buying = shoppers.RunAsync(enough.Token, given.Token);
        var faults = new List<FaultResult>();
        try
        {
            await Task.Delay(plan.Rest, cancellationToken);
            foreach (var fault in Faults.Of(checkout, run, plan))
                faults.Add(await SufferAsync(fault, shoppers, cancellationToken));
        }
        catch
        {
            await given.CancelAsync();
            await buying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        await enough.CancelAsync();
        Say.Step($"Until {plan.Orders} orders are placed and every shopper has an answer");
        await buying;
        return await JudgeAsync(shoppers, faults, cancellationToken);
    }

    private async Task<FaultResult> SufferAsync(Fault fault, Shoppers shoppers, CancellationToken cancellationToken)
    {
        Say.Step(fault.Name);
        var begin = DateTimeOffset.UtcNow;
        var clock = Stopwatch.StartNew();
        var before = Pid(fault);
        await fault.InjectAsync(cancellationToken);
        while (!IsHealed(fault, before))
        {
            if (clock.Elapsed > s_healLimit)
                throw new CommandFailedException($"{fault.Name}: not everything was healthy again after {s_healLimit.TotalSeconds:0} s. See ./shopflow status.");
            await Task.Delay(s_look, cancellationToken);
        }

        var healed = clock.Elapsed.TotalSeconds;
        await Task.Delay(plan.Rest, cancellationToken);

        var now = DateTimeOffset.UtcNow;
        var affected = shoppers.Orders.Where(order => order.Due >= begin).ToList();
        var result = new FaultResult(
            fault.Name,
            Math.Round(healed, 1),
            Math.Round(affected.Max(order => ((order.AcknowledgedAt ?? now) - order.Due).TotalSeconds), 1),
            affected.Sum(order => order.Retries));
        Say.Line($"  healthy after {result.HealthyAfter:0.0} s, longest wait {result.LongestWait:0.0} s, {result.Retries} retries, {shoppers.Orders.Count} orders so far");
        return result;
    }

    private int? Pid(Fault fault) => RunStatus.Read(checkout)?.Resources.FirstOrDefault(resource => resource.Id == fault.Killed)?.Pid;

    private bool IsHealed(Fault fault, int? before) =>
        RunStatus.Read(checkout) is { } run && run.Resources.All(resource => resource.IsReady) && (fault.Killed is null || Pid(fault) != before);

    private async Task RefuseBrokenShopAsync(CancellationToken cancellationToken)
    {
        await using var audit = await ShopAudit.ConnectAsync(checkout, cancellationToken);
        if (await audit.SettleAsync(TimeSpan.FromSeconds(30), _ => { }, cancellationToken) is { IsNothing: false } unsettled)
            throw new CommandFailedException($"The shop has not come to rest before anything was broken: {unsettled}.");
        if ((await audit.RunAsync(cancellationToken)).Any(check => check.Breaches.Count > 0))
            throw new CommandFailedException("The shop is not in order before anything was broken. See ./shopflow audit, and ./shopflow reset.");
    }

    private async Task<ChaosResult> JudgeAsync(Shoppers shoppers, List<FaultResult> faults, CancellationToken cancellationToken)
    {
        Say.Step("Until nothing is on its way any more");
        var clock = Stopwatch.StartNew();
        var told = TimeSpan.Zero;
        await using var audit = await ShopAudit.ConnectAsync(checkout, cancellationToken);
        var unsettled = await audit.SettleAsync(s_settleLimit, Tell, cancellationToken);
        var settled = Math.Round(clock.Elapsed.TotalSeconds, 1);

        Say.Step("Audit");
        var checks = await audit.RunAsync(cancellationToken);
        var promises = await KeptPromises.CheckAsync(checkout, shoppers, cancellationToken);
        return new(
            plan.Seed,
            shoppers.Orders.Count,
            shoppers.Orders.Count(order => order.Id is not null),
            promises.Confirmed,
            promises.Cancelled,
            shoppers.Orders.Sum(order => order.Retries),
            settled,
            unsettled,
            faults,
            promises.Broken,
            checks);

        void Tell(Unsettled open)
        {
            if (open.IsNothing || clock.Elapsed - told < s_tellEvery)
                return;
            told = clock.Elapsed;
            Say.Line($"  {open}");
        }
    }
}
