using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace ShopFlow.Tests.Catalog;

/// <summary>A CSV file of many products with two variants each, made while it is sent.</summary>
internal sealed class GeneratedCatalogue : HttpContent
{
    private static readonly string[] Categories =
        ["coffee-tea", "cookware", "lighting", "bed-bath", "tops", "knitwear-jackets", "shoes", "camping", "cycling", "audio", "stationery"];

    private static readonly string[] Sizes = ["XS", "S", "M", "L", "XL"];

    private readonly int _products;

    public GeneratedCatalogue(int products)
    {
        _products = products;
        Headers.ContentType = new MediaTypeHeaderValue("text/csv");
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await using var file = new StreamWriter(stream, leaveOpen: true);
        await file.WriteAsync("slug,name,brand,description,category,taxClass,status,option1,value1,sku,weight,USD,EUR,GBP,INR,JPY\n");

        // A fixed seed: the same file each time.
        var random = new Random(7);
        var description = string.Concat(Enumerable.Repeat("Made to be counted. ", 6));
        for (var i = 0; i < _products; i++)
        {
            var category = Categories[random.Next(Categories.Length)];
            var status = random.Next(20) == 0 ? "Archived" : "Active";
            var price = random.Next(1, 50_000) * 0.01m;
            var size = random.Next(Sizes.Length - 1);
            var word = random.Next();
            for (var variant = 0; variant < 2; variant++)
            {
                await file.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"volume-{i},Thing {word:x} {i},Brand {i % 100},{description},"));
                await file.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{category},standard,{status},Size,{Sizes[size + variant]},"));
                await file.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"VOL-{i}-{variant},{i % 5000},{price},{price},{price},{price},"));
                await file.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{decimal.Ceiling(price)}\n"));
            }
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
