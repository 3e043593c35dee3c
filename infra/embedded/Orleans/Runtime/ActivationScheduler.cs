using Orleans.Runtime;

namespace SmartCity.Embedded.Grains;

/// <summary>Runs the tasks that belong to one activation as its turns: continuations after an await above all.</summary>
internal sealed class ActivationScheduler(Activation activation) : TaskScheduler, IWorkItemScheduler
{
    public override int MaximumConcurrencyLevel => 1;

    public void QueueAction(Action action) => new Task(action).Start(this);

    void IWorkItemScheduler.QueueTask(Task task) => task.Start(this);

    /// <summary>Runs a task on this thread; the caller sees to it that no other turn is running.</summary>
    public void Run(Task task) => TryExecuteTask(task);

    protected override void QueueTask(Task task) => activation.QueueContinuation(task);

    // Within a turn of this activation the task may run at once; anywhere else it would overlap with a turn.
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && ReferenceEquals(RuntimeContext.Current, activation) && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => activation.SnapshotContinuations();
}
