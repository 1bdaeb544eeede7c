namespace Aspire.Hosting.Dashboard;

internal readonly record struct GrpcStatus(GrpcCode Code, string? Message = null);

/// <summary>The status codes of gRPC that this server uses.</summary>
internal enum GrpcCode
{
    Ok = 0,
    Cancelled = 1,
    InvalidArgument = 3,
    Internal = 13,
    Unauthenticated = 16,
}
