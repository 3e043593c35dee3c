using SmartCity.Load;

return await LoadCommand.Create().Parse(args).InvokeAsync();
