using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using ShopFlow.Auth;
using ShopFlow.Auth.Sessions;
using ShopFlow.Auth.SigningKeys;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Tests.Auth;

/// <summary>Issues access tokens as auth does, with a key of its own, for tests of services that only verify them.</summary>
internal sealed class TestTokens : IJwksSource
{
    private readonly KeyRing _keys = new(TimeProvider.System);
    private readonly AccessTokenIssuer _issuer;

    public TestTokens()
    {
        var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var kid = JsonWebKeys.Thumbprint(pair.ExportParameters(includePrivateParameters: false).Q);
        _keys.Replace([new(kid, pair, DateTimeOffset.MinValue, DateTimeOffset.MaxValue)]);
        _issuer = new(_keys, TimeProvider.System, Options.Create(new AuthOptions()));
    }

    public byte[] Jwks => _keys.Jwks;

    public Task<byte[]> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(Jwks);

    public string Issue(params string[] roles) => IssueTo(Guid.NewGuid(), roles);

    public string IssueTo(Guid user, params string[] roles) => _issuer.Issue(new SignedInUser(user, "somebody", roles), Guid.NewGuid());
}
