// A project for the tests to run: it tells which process answers, and what its environment says.
var app = WebApplication.CreateSlimBuilder(args).Build();

app.MapGet("/", () => Environment.ProcessId.ToString());
app.MapGet("/environment/{name}", (string name) => Environment.GetEnvironmentVariable(name) ?? "");

app.Run();
