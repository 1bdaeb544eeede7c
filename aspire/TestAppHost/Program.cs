// An AppHost for the tests of run mode: one process that ends by itself, one that serves, one that waits for both, and a project.
var builder = DistributedApplication.CreateBuilder(args);

var greeting = builder.AddParameter("greeting", "hello");

var prepare = builder.AddExecutable("prepare", "sh", ".", "-c", "echo prepared");

var server = builder.AddExecutable("server", "python3", ".", "-u", "-m", "http.server", "--bind", "127.0.0.1")
    .WithHttpEndpoint(env: "PORT")
    .WithArgs(
        context => context.Args.Add(((IResourceWithEndpoints)context.Resource).GetEndpoint("http").Property(EndpointProperty.TargetPort)))
    .WithEnvironment("GREETING", greeting)
    .WithHttpHealthCheck("/")
    .WaitForCompletion(prepare);

builder.AddProject<Projects.Aspire_StandIn_TestService>("service")
    .WithHttpEndpoint()
    .WithHttpHealthCheck("/")
    .WithEnvironment("GREETING", greeting)
    .WithReplicas(2);

builder.AddExecutable("client", "sleep", ".", "1000")
    .WithReference(server.GetEndpoint("http"))
    .WaitFor(server);

builder.Build().Run();
