using System.CommandLine;

namespace ShopFlow.Cli.Commands;

internal static class BenchCommand
{
    public static Command Create(Checkout checkout) => new("bench", "Measure the platform on this machine.")
    {
        BenchStartCommand.Create(checkout),
        BenchShopCommand.Create(checkout),
        BenchProductsCommand.Create(checkout),
    };
}
