@echo off
rem The one entry to ShopFlow on Windows. Builds the commands in cli\ when they changed, and runs them.
setlocal
set "SHOPFLOW_ROOT=%~dp0."
where dotnet >nul 2>nul || (echo error: the .NET SDK 10 or newer is not installed. Get it from https://dot.net/download 1>&2 & exit /b 1)
dotnet build "%~dp0cli\ShopFlow.Cli.csproj" -c Release -o "%~dp0.shopflow\cli" -v q --nologo || exit /b 1
dotnet "%~dp0.shopflow\cli\shopflow.dll" %*
