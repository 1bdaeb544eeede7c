using Spectre.Console;

namespace ShopFlow.Cli;

/// <summary>Messages to the person at the terminal. They go to standard error, so that standard output holds only what was asked for.</summary>
internal static class Say
{
    private static readonly IAnsiConsole s_console = AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(Console.Error),
        Ansi = Console.IsErrorRedirected ? AnsiSupport.No : AnsiSupport.Detect,
        ColorSystem = Console.IsErrorRedirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
    });

    public static void Line(string text) => Console.Error.WriteLine(text);

    public static void Step(string text) => s_console.MarkupLineInterpolated($"[bold]{text}[/]");

    public static void Good(string text) => s_console.MarkupLineInterpolated($"[green]{text}[/]");

    public static void Warning(string text) => s_console.MarkupLineInterpolated($"[yellow]{text}[/]");

    public static void Error(string text)
    {
        s_console.Markup("[red]error:[/] ");
        Console.Error.WriteLine(text);
    }

    public static void Indented(IEnumerable<string> lines)
    {
        foreach (var line in lines)
            Console.Error.WriteLine("    " + line);
    }
}
