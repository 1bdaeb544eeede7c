using System.CommandLine;
using System.CommandLine.Parsing;
using ShopFlow.Cli;
using ShopFlow.Cli.Commands;
using Spectre.Console;

if (Console.IsOutputRedirected)
{
    // For a file or another program: no colours, and no line broken to fit a screen.
    AnsiConsole.Profile.Capabilities.Ansi = false;
    AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
    AnsiConsole.Profile.Width = 400;
}

var checkout = Checkout.Find();
var root = new RootCommand("ShopFlow: a shop as one model that runs here and in a cluster.")
{
    SetupCommand.Create(checkout),
    UpCommand.Create(checkout),
    DownCommand.Create(checkout),
    StatusCommand.Create(checkout),
    LogsCommand.Create(checkout),
    DoctorCommand.Create(checkout),
    ResetCommand.Create(checkout),
    TestCommand.Create(checkout),
    TokenCommand.Create(checkout),
    DlqCommand.Create(checkout),
    RecommendationsCommand.Create(checkout),
    SearchCommand.Create(checkout),
    AuditCommand.Create(checkout),
    ChaosCommand.Create(checkout),
    BenchCommand.Create(checkout),
    OpenApiCommand.Create(checkout),
    FlagCommand.Create(checkout),
    ExportCommand.Create(checkout),
    ImagesCommand.Create(checkout),
};

var command = root.Parse(args);
if (command.Errors.Count > 0)
{
    foreach (var error in command.Errors)
        Say.Error(error.Message);
    Say.Error($"See ./shopflow {NameOf(command)} --help.");
    return 2;
}

try
{
    return await command.InvokeAsync(new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,
        // Ctrl-C cancels the command, which then has this long to stop what it started.
        ProcessTerminationTimeout = TimeSpan.FromSeconds(60),
    });
}
catch (CommandFailedException e)
{
    Say.Error(e.Message);
    return 1;
}
catch (HttpRequestException e)
{
    Say.Error($"The platform does not answer as it should: {e.Message}");
    return 1;
}
catch (OperationCanceledException)
{
    return 130;
}

static string NameOf(ParseResult command)
{
    var names = new List<string>();
    for (var result = command.CommandResult; result.Command is not RootCommand; result = (CommandResult)result.Parent!)
        names.Insert(0, result.Command.Name);

    return string.Join(' ', names);
}
