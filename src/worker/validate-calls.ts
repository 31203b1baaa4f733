import * as z from 'zod/mini';
import type { InteractionEvent } from '../core/domain/event.js';
import { CONTRACT_VERSION, type Engine, type EngineConfig, type EngineStatus, type RecommendRequest } from '../core/engine/contract.js';
import { type ErrorCode, TillsideError } from '../core/errors.js';
import { configSchema, eventSchema, requestSchema } from './contract.schema.js';
