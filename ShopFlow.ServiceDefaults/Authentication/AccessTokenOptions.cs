using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authentication;

namespace ShopFlow.ServiceDefaults.Authentication;

/// <summary>Section "Jwt".</summary>
internal sealed class AccessTokenOptions : AuthenticationSchemeOptions
{
    [Required]
    public string Issuer { get; set; } = "shopflow";

    [Required]
    public string Audience { get; set; } = "shopflow";

    /// <summary>Where the public keys are; the host is a name of the model.</summary>
    [Required]
    public Uri JwksUri { get; set; } = new("http://auth/.well-known/jwks.json");

    /// <summary>How far the clocks of two machines may differ.</summary>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(30);
}
