using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ShopFlow.Cli.Flags;
using ShopFlow.Cli.Platform;
using ShopFlow.Flags;

namespace ShopFlow.Cli.Chaos;

/// <summary>What goes wrong in a run: every process is killed once, a service and the servers are frozen, the card network is cut off,
/// and each failure for practice is turned on for a share of the requests.</summary>
internal static class Faults
{
    private const string CardNetwork = "payment-sandbox";
    private const int FailingShare = 50;

    // What a short run kills: an instance that has a twin, one that has none, and the servers that hold the orders and the events.
    private static readonly string[] s_short = ["orders", "payments", "messaging", "postgres"];
    private static readonly string[] s_freezable = ["inventory", "orders", "payments", "cart", "catalog"];
    private static readonly string[] s_shortFlags = [Flag.PaymentFailure, Flag.NotificationsDown];
    private static readonly string[] s_servers = ["messaging", "postgres", "cache"];

    public static IReadOnlyList<Fault> Of(Checkout checkout, RunStatus run, ChaosPlan plan)
    {
        var random = new Random(plan.Seed);
        var processes = run.Resources.Where(resource => resource.Pid > 0).ToList();
        var victims = plan.Short ? s_short.Select(name => processes.First(process => process.Name == name)) : processes;
        string[] frozen = [s_freezable[random.Next(s_freezable.Length)], .. plan.Short ? [] : s_servers];
        Fault[] faults =
        [
            .. victims.Select(victim => Kill(checkout, victim)),
            .. frozen.Select(name => Freeze(checkout, name, plan.Freeze)),
            Cut(checkout, plan.Cut),
            .. (plan.Short ? s_shortFlags : Flag.All.Where(flag => !flag.IsOnByDefault).Select(flag => flag.Name)).Select(name => TurnOn(checkout, name, plan.Flag)),
        ];
        // Ids end in random letters; by name the seed alone decides.
        Array.Sort(faults, (one, other) => string.CompareOrdinal(one.Name, other.Name));
        random.Shuffle(faults);
        return faults;
    }

    private static Fault Kill(Checkout checkout, ResourceStatus victim) => new(
        $"kill -9 {victim.Name}",
        _ =>
        {
            Send(Signals.Kill, TreeOf(checkout, victim.Id));
            return Task.CompletedTask;
        },
        victim.Id);

    private static Fault Freeze(Checkout checkout, string name, TimeSpan duration) => new(
        $"freeze {name} for {duration.TotalSeconds:0} s",
        async cancellationToken =>
        {
            var frozen = TreeOf(checkout, Named(checkout, name).Id);
            Send(Signals.Stop, frozen);
            try
            {
                await Task.Delay(duration, cancellationToken);
            }
            finally
            {
                Send(Signals.Continue, frozen);
            }
        });

    private static Fault Cut(Checkout checkout, TimeSpan duration) => new(
        $"cut off {CardNetwork} for {duration.TotalSeconds:0} s",
        async cancellationToken =>
        {
            var address = Named(checkout, CardNetwork).Urls[0];
            using var http = new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromSeconds(10) };
            http.DefaultRequestHeaders.Add("X-Api-Key", UserSecrets.Parameter(checkout, "payment-provider-key"));
            using var answer = await http.PostAsync("v1/outage", JsonContent.Create(new JsonObject { ["seconds"] = (int)duration.TotalSeconds }), cancellationToken);
            if (!answer.IsSuccessStatusCode)
                throw new CommandFailedException($"The card network cannot be cut off: {(int)answer.StatusCode}.");
            await Task.Delay(duration, cancellationToken);
        });

    // Half of the requests fail, so that one order may meet both.
    private static Fault TurnOn(Checkout checkout, string flag, TimeSpan duration) => new(
        $"{flag} {FailingShare}% for {duration.TotalSeconds:0} s",
        async cancellationToken =>
        {
            using var gateway = await RunningGateway.ConnectAsAdminAsync(checkout, cancellationToken);
            var flags = new FlagClient(gateway);
            await flags.SetAsync(flag, FailingShare, cancellationToken);
            try
            {
                await Task.Delay(duration, cancellationToken);
            }
            finally
            {
                await flags.SetAsync(flag, 0, CancellationToken.None);
            }
        });

    /// <summary>A server runs below a script, with processes of its own: what befalls a machine takes all of them.</summary>
    private static IReadOnlyList<ProcessEntry> TreeOf(Checkout checkout, string instance) =>
        Processes.TreeOf(Running(checkout, resource => resource.Id == instance, instance).Pid!.Value);

    private static ResourceStatus Named(Checkout checkout, string name) => Running(checkout, resource => resource.Name == name, name);

    private static ResourceStatus Running(Checkout checkout, Func<ResourceStatus, bool> wanted, string called) =>
        RunStatus.Read(checkout)?.Resources.FirstOrDefault(resource => resource.Pid > 0 && wanted(resource))
        ?? throw new CommandFailedException($"{called} does not run.");

    private static void Send(int signal, IReadOnlyList<ProcessEntry> processes)
    {
        foreach (var process in processes)
            Signals.Send(process.Id, signal);
    }
}
