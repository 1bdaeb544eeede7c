using ShopFlow.Auth.Sessions;

namespace ShopFlow.Auth.Verify;

internal sealed record VerifiedToken(bool Valid, SignedInUser User);
