using System.Security.Cryptography;
using System.Text;

namespace ShopFlow.PaymentSandbox.Charges;

/// <summary>Lets in who knows the provider key, sent as <c>X-Api-Key</c>.</summary>
internal sealed class ApiKeyFilter(SandboxOptions options) : IEndpointFilter
{
    public const string Header = "X-Api-Key";

    private readonly byte[] _key = Encoding.UTF8.GetBytes(options.ProviderKey);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var sent = Encoding.UTF8.GetBytes(context.HttpContext.Request.Headers[Header].ToString());
        return CryptographicOperations.FixedTimeEquals(sent, _key)
            ? await next(context)
            : TypedResults.Problem(statusCode: StatusCodes.Status401Unauthorized, detail: $"The header {Header} is missing or wrong.");
    }
}
