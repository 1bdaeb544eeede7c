using System.CommandLine;
using ShopFlow.Cli.Setup;

namespace ShopFlow.Cli.Commands;

internal static class CommonOptions
{
    public static Option<string> Resources()
    {
        var option = new Option<string>("--resources")
        {
            Description = "How PostgreSQL, RabbitMQ and Redis run: in containers, as the servers installed here (native), or containers where an engine answers (auto).",
            DefaultValueFactory = _ => "auto",
            HelpName = string.Join('|', ResourceChoice.Names),
        };
        option.AcceptOnlyFromAmong(ResourceChoice.Names);
        return option;
    }

    public static Option<int?> Port(string name, string what, int usual)
    {
        var option = new Option<int?>(name) { Description = $"The port of {what}; {usual}, or the next free one, if not given.", HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Errors.Any())
                return;
            if (result.GetValueOrDefault<int?>() is not (null or >= 1 and <= 65535))
                result.AddError($"{name} must be between 1 and 65535.");
        });
        return option;
    }
}
