namespace ShopFlow.Auth.Sessions;

/// <summary>What a client gets when it registers, logs in or refreshes. <c>ExpiresIn</c> is the access token's life in seconds.</summary>
internal sealed record SignedIn(string Token, string RefreshToken, int ExpiresIn, SignedInUser User);
