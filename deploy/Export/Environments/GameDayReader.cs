using ShopFlow.Export.Model;

namespace ShopFlow.Export.Environments;

/// <summary>Reads what a game day breaks.</summary>
internal sealed class GameDayReader(ShopModel model)
{
    public GameDaySettings Read(SettingsFields fields)
    {
        var (faults, slow) = (fields.Object("faults"), fields.Object("slow"));
        var kills = fields.Object("kills");
        var pods = kills.Texts("pods");

        foreach (var name in faults.Names.Where(name => model.Services.All(service => service.Name != name || service.Http is null)))
            faults.Wrong(name, "the model has no such service that answers HTTP");
        foreach (var name in slow.Names.Where(IsUnknown))
            slow.Wrong(name, "the model has nothing of that name");
        if (pods.FirstOrDefault(IsUnknown) is { } unknown)
            kills.Wrong("pods", $"the model has no {unknown}");

        return new GameDaySettings(
            faults.Names.ToDictionary(name => name, name => ReadFault(faults.Object(name))), pods, kills.Duration("every"), slow.Names.ToDictionary(name => name, slow.Duration));
    }

    private bool IsUnknown(string name) => model.Workloads.All(workload => workload.Name != name);

    private static Fault ReadFault(SettingsFields fields)
    {
        var (delay, abort) = (fields.OptionalObject("delay"), fields.OptionalObject("abort"));
        return new Fault(
            delay is null ? null : new Delay(delay.Duration("time"), delay.Percent("share")),
            abort is null ? null : new Abort(abort.Integer("status", 400, 599), abort.Percent("share")));
    }
}
