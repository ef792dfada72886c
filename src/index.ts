export * from './core';
export { ToolboxProject, ToolboxProjectOptions } from './project/toolbox-project';
