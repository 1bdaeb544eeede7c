using System.Security.Claims;
using System.Security.Cryptography;

namespace ShopFlow.ServiceDefaults.Authentication;

/// <summary>A token whose signature, issuer and audience are right. Whether it is valid now depends on the clock, and on <c>Key</c> still being the one of <c>KeyId</c>.</summary>
internal sealed record AccessToken(ClaimsPrincipal Principal, string KeyId, ECDsa Key, DateTimeOffset? NotBefore, DateTimeOffset Expires);
