using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace ShopFlow.Cli.Bench;

/// <summary>Generated products as the catalogue imports them, made while they are sent.</summary>
internal sealed class GeneratedFile : HttpContent
{
    private readonly int _products;

    public GeneratedFile(int products)
    {
        _products = products;
        Headers.ContentType = new MediaTypeHeaderValue("text/csv");
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await using var file = new StreamWriter(stream, leaveOpen: true);
        await file.WriteAsync("slug,name,brand,description,category,taxClass,status,option1,value1,sku,weight,USD,EUR,GBP,INR,JPY\n");
        foreach (var product in GeneratedProducts.Take(_products))
        {
            foreach (var (sku, size) in product.Variants)
            {
                await file.WriteAsync($"{product.Slug},{product.Name},{product.Brand},{product.Description},{product.Category},standard,Active,");
                await file.WriteAsync(string.Create(
                    CultureInfo.InvariantCulture, $"Size,{size},{sku},500,{product.Price},{product.Price},{product.Price},{product.Price},{product.Price}\n"));
            }
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
